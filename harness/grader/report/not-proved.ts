/**
 * What may be said of a check that held where not every schedule was tried: the bounds, the samples beyond them, and how many
 * races were seen both ways round.
 *
 * Each of these phrases ends in the same words: it is no proof.
 */

import { count, thousands } from '../../words/phrases.ts';
import type { Exploration } from '../result.ts';

/** For example «held in 10 sampled schedules, seed 42, 41 of 52 races seen both ways round: not a proof». */
export function notProved(exploration: Exploration): string {
  const held = exploration.bounds === undefined ? heldIn(exploration) : heldWithin(exploration, exploration.bounds);
  return `${held}: not a proof`;
}

function heldIn(exploration: Exploration): string {
  const { explored, seed, sampled, faults } = exploration;
  const within = faults === undefined ? '' : ` with ${faults}`;
  const races = racesIn(exploration, ', ', 'seen ');
  if (seed === undefined) return `held in the first ${count(explored, 'schedule')}${within}, with more left${races}`;
  const drawn = sampled?.schedules ?? explored;
  if (drawn === explored)
    return `held in ${count(explored, 'sampled schedule')}${within}, ${seeds(exploration)}${races}`;
  return `held in ${count(explored, 'schedule')}${within}, ${thousands(drawn)} of them sampled, ${seeds(exploration)}${races}`;
}

function heldWithin(exploration: Exploration, bounds: Exploration['bounds'] & object): string {
  const { explored, sampled, faults } = exploration;
  const preemptions = bounds.switches === 0 ? 'no preemption' : `≤ ${count(bounds.switches, 'preemption')}`;
  const limits = bounds.faults === undefined ? [preemptions] : [preemptions, bounds.faults];
  const all = `holds under every schedule with ${limits.join(' and ')}: all ${thousands(bounds.explored)}`;
  const drawn = sampled?.schedules ?? 0;
  const others = explored - bounds.explored - drawn;
  const more = bounds.faults === faults || faults === undefined ? '' : ` with ${faults}`;
  const beyond = [
    ...(others > 0 ? [`${thousands(others)} others`] : []),
    ...(drawn > 0 ? [`${thousands(drawn)} sampled beyond${more} (${seeds(exploration)})`] : []),
  ];
  const and = beyond.length === 0 ? ', with more left' : `; and in ${beyond.join(' and ')}`;
  return `${all}${and}${racesIn(exploration, ', ', '')}`;
}

function seeds({ seed = 0, sampled }: Exploration): string {
  if (sampled?.forMs === undefined || sampled.schedules === 1) return `seed ${seed}`;
  return `seeds ${seed} to ${seed + sampled.schedules - 1}`;
}

function racesIn({ races }: Exploration, before: string, seen: string): string {
  if (races === undefined || races.pairs === 0) return '';
  return `${before}${thousands(races.bothWays)} of ${count(races.pairs, 'race')} ${seen}both ways round`;
}
