/**
 * What a learner may do after a lab holds: compare with the solution, read other right answers, go on to the next lab.
 *
 * Reads which labs there are and which of them hold. It prints nothing.
 */

import type { CourseLab } from '../course/kit/definition.ts';
import { labs } from '../course/labs.ts';
import type { NextStep } from '../grader/report/closing.ts';
import { testCommand } from '../grader/report/commands.ts';
import { count } from '../words/phrases.ts';
import type { Clone } from './clone.ts';
import { rememberedVerdict } from './keeping/memory.ts';

/** The steps, each a label and what to type or to open. */
export async function stepsAfterPass(lab: CourseLab, clone: Clone): Promise<readonly NextStep[]> {
  const { slug, otherAnswers = [] } = lab;
  const next = await nextLab(slug, clone);
  return [
    ['compare', `git diff --no-index labs/${slug}/src solutions/${slug}/src`],
    ...(otherAnswers.length === 0
      ? []
      : [
          [
            'others',
            `${count(otherAnswers.length, 'other right answer')}: harness/course/${slug}/other-answers`,
          ] as const,
        ]),
    next === null ? ['next', 'npx --no raceproof list (every lab holds)'] : ['next', testCommand(next)],
  ];
}

/** The next lab in a circle of which no passing verdict is known; null if every other lab holds. */
async function nextLab(slug: string, clone: Clone): Promise<string | null> {
  const at = labs.findIndex((lab) => lab.slug === slug);
  const others = [...labs.slice(at + 1), ...labs.slice(0, Math.max(0, at))];
  for (const lab of others) {
    const verdict = await rememberedVerdict(clone, lab.slug);
    if (verdict?.outcome !== 'pass') return lab.slug;
  }
  return null;
}
