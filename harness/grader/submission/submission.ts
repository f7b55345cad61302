/**
 * A submission that is ready to run: its hash, its deployed stacks, its bundles; or the findings that keep it from running.
 */

import type { Lab, Scenario } from '../../course/lab.ts';
import type { Bundle, BundleFinding } from '../../host/bundle.ts';
import { makeLocate } from '../../host/frames.ts';
import type { RealmSources } from '../../host/realm-sources.ts';
import type { SdkMode } from '../../host/sdk/realm-port.ts';
import { LAB_PACKAGES } from '../../host/sdk/service-wires.ts';
import type { Platform } from '../../platform/platform.ts';
import { type DeployedStack, deployStack, TEMPLATE } from '../../scenario/deploy.ts';
import type { DeployedLab } from '../../scenario/run-scenario.ts';
import { situationsOf } from '../../scenario/situations.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { Deployment, TemplateFinding } from '../../simulator/services/cloudformation/cloudformation.ts';
import type { Finding } from '../findings/finding.ts';
import { wrongValueAt } from '../judgement/template-checks.ts';
import { sourceLine, submissionHash } from './submitted-files.ts';

/**
 * The parts of a submission that are costly to make and are plain data: enough to make the submission again in another thread.
 */
export interface SubmissionData {
  readonly sha256: string;
  readonly sources: RealmSources;
  /** The handlers that the template names. */
  readonly bundles: readonly Bundle[];
  /** The source by path, for excerpts. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Submission extends SubmissionData, DeployedLab {}

type Stacks = DeployedLab['stacks'];

export type PreparedSubmission =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly findings: readonly Finding[]; readonly sha256: string };

/** Deploys each scenario's stack, and bundles the handlers that the template names. */
export async function prepare(
  platform: Platform,
  lab: Lab,
  files: ReadonlyMap<string, string>,
  sdkMode: SdkMode = 'direct',
): Promise<PreparedSubmission> {
  const { sha256: hash, bundler } = platform;
  const sha256 = submissionHash(lab, files, hash);
  const stacks = deployAll(lab, files);
  if ('findings' in stacks) return { ok: false, findings: stacks.findings, sha256 };
  const bundles: Bundle[] = [];
  for (const { codeFolder, handler } of functionsOf(stacks)) {
    const bundled = await bundler.bundleHandler({
      files,
      codeFolder,
      module: moduleOf(handler),
      packages: LAB_PACKAGES,
      packagesFrom: lab.packagesFrom,
    });
    if (!bundled.ok) return { ok: false, findings: bundled.findings.map(findingOfBundle), sha256 };
    bundles.push(bundled.bundle);
  }
  const data = { sha256, sources: await bundler.realmSources(bundles, sdkMode), bundles, files };
  return { ok: true, submission: submissionWith(data, stacks) };
}

/** The parts of a submission that can be sent to another thread. */
export function dataOf({ sha256, sources, bundles, files }: Submission): SubmissionData {
  return { sha256, sources, bundles, files };
}

/** The submission from data that another thread prepared, for this lab. It is deployed again, but not bundled again. */
export function submissionOf(lab: Lab, data: SubmissionData): Submission {
  const stacks = deployAll(lab, data.files);
  invariant(!('findings' in stacks), 'a template that was deployed before can’t be deployed again');
  return submissionWith(data, stacks);
}

function submissionWith(data: SubmissionData, stacks: Stacks): Submission {
  return { ...data, locate: makeLocate(data.bundles), stacks };
}

function deployAll(lab: Lab, files: ReadonlyMap<string, string>): Stacks | { readonly findings: readonly Finding[] } {
  const stacks = new Map<string, readonly DeployedStack[]>();
  for (const scenario of lab.scenarios) {
    const deployed = deployIn(scenario, lab, files.get(TEMPLATE) ?? '');
    if ('findings' in deployed) return { findings: deployed.findings.map((it) => findingOfTemplate(lab, it, files)) };
    stacks.set(scenario.name, deployed);
  }
  return stacks;
}

/** One stack for each situation of a scenario. Situations that change nothing of the stack share one. */
function deployIn(
  scenario: Scenario,
  { slug, downstreams = [] }: Lab,
  template: string,
): readonly DeployedStack[] | { readonly findings: readonly TemplateFinding[] } {
  const bySettings = new Map<string, DeployedStack>();
  const stacks: DeployedStack[] = [];
  for (const situation of situationsOf(scenario)) {
    const settings = JSON.stringify([situation.startsAtMs, situation.parameters, situation.policies]);
    const known = bySettings.get(settings);
    const deployed = known ?? deployStack({ slug, template, downstreams, scenario, situation });
    if ('findings' in deployed) return deployed;
    bySettings.set(settings, deployed);
    stacks.push(deployed);
  }
  return stacks;
}

/**
 * A value that AWS refuses in one size of the lab may be a literal that should follow a parameter. Then that is the mistake, and what AWS says of a size that
 * nobody meant would mislead.
 */
function findingOfTemplate(
  lab: Lab,
  { message, file, line, column }: TemplateFinding,
  files: ReadonlyMap<string, string>,
): Finding {
  const said = wrongValueAt(lab, files.get(TEMPLATE) ?? '', TEMPLATE, line) ?? message;
  return { kind: 'template', message: said, frame: { file, line, column, text: sourceLine(files, file, line) } };
}

function findingOfBundle(finding: BundleFinding): Finding {
  return { kind: 'does-not-compile', ...finding };
}

/** The functions of all stacks, one for each module, in the template's order. */
function functionsOf(stacks: Stacks): readonly Deployment['functions'][number][] {
  const byModule = new Map<string, Deployment['functions'][number]>();
  for (const { deployment } of [...stacks.values()].flat()) {
    for (const one of deployment.functions) byModule.set(`${one.codeFolder}\0${moduleOf(one.handler)}`, one);
  }
  return [...byModule.values()];
}

/** The handler without its export: `bump` of `bump.handler`. */
function moduleOf(handler: string): string {
  return handler.slice(0, handler.lastIndexOf('.'));
}
