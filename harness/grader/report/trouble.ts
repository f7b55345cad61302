/**
 * What to say when there is no verdict: the code could not be judged, the run could not be finished, or we made a mistake.
 *
 * Each text says who has to act. An error of ours asks for no change and prints what to send.
 */

import type { LabResult } from '../result.ts';
import { testCommand } from './commands.ts';
import { block, type Page, paint } from './page.ts';

/** The learner's code or template could not be run: the finding, and how to try again. */
export function notJudged(result: LabResult, page: Page): readonly string[] {
  return [
    `${paint(page, 'broken', '✗')} ${paint(page, 'strong', result.lab)} · could not be run`,
    '',
    ...block(page, result.message ?? 'Your code or your template could not be run.'),
    '',
    ...again(result, page),
  ];
}

/** A run without a verdict and without a known culprit. No points are lost. */
export function ungraded(result: LabResult, page: Page): readonly string[] {
  return [
    `${paint(page, 'strong', `? ${result.lab}`)} · could not be graded`,
    '',
    ...block(page, result.message ?? 'The run did not come to an end.'),
    ...block(page, 'This is no verdict on your code. Run it again; if it happens twice, send the lines below.'),
    '',
    ...again(result, page),
    ...whatToSend(result, page),
  ];
}

/** A bug of the harness. */
export function harnessError(result: LabResult, page: Page): readonly string[] {
  return [
    `${paint(page, 'broken', '!')} ${paint(page, 'strong', result.lab)} · an error of ours`,
    '',
    ...block(page, result.message ?? 'The grader contradicted itself.'),
    ...block(
      page,
      'There is nothing to change in your code. Please send us the lines below, and your src folder if you may.',
    ),
    '',
    ...whatToSend(result, page),
  ];
}

function again(result: LabResult, page: Page): readonly string[] {
  return [`  ${paint(page, 'context', 'again   ')} ${testCommand(result.lab, result.target)}`];
}

function whatToSend(result: LabResult, page: Page): readonly string[] {
  const code = result.integrity.submissionSha256;
  const seeds = new Set(result.checks.flatMap((check) => check.exploration?.seed ?? []));
  const seed = seeds.size === 0 ? '' : `, seed ${[...seeds].join(', ')}`;
  return [
    `  ${paint(page, 'context', 'send    ')} raceproof ${result.harness}, Node ${result.node.replace(/^v/, '')}, ${result.targetDetail ?? result.host}`,
    `           ${result.lab}@${result.labVersion}${seed}`,
    ...(code === '' ? [] : [`           code ${code}`]),
  ];
}
