/**
 * The hints of task 4: events that come twice, and events that overtake each other.
 */

import type { Hint } from '../lab.ts';

export const hintsOfRepetitions: readonly Hint[] = [
  {
    id: 'older-state',
    tiers: [
      'In the failing run, which of the two states was written last, and which one is newer?',
      'Lambda’s queue keeps no order, and a retry comes minutes later. So the last write is not the newest state; the version says which one is. A look at the table before the write comes too early: another execution may write in between.',
      'Let the write itself carry a condition: the item is not there, or its version is lower than the one that you bring. If the condition fails, the table has something newer, and the event is done.',
    ],
  },
  {
    id: 'booked-twice',
    tiers: [
      'Compare the two requests that legacy got for this state. By what could it have known that they are the same?',
      'Asynchronous invocations come at least once: the same event may come again, a crash makes a retry, and the shop itself may send a state a second time, as another event with another id. Legacy answers a key that it knows as it did before.',
      'Make the key from what is the same in all of these and in nothing else: the order and its version, joined so that no other pair gives the same text.',
    ],
  },
  {
    id: 'state-missing',
    tiers: [
      'A state of the order is not in legacy’s journal. Was legacy asked, and with which key?',
      'Each state has to be in the journal, the older ones too, however late they come. Two states of one order are two lines, so they need two keys.',
      'Ask legacy for every event, whatever the table says, with a key that has both order and version in it.',
    ],
  },
  {
    id: 'nothing-overtaken',
    tiers: [
      'No state has overtaken another one in any run. Does your function book both of them?',
      'Two events that come at once may be worked on in either order. If that never happens, one of them never reaches legacy.',
      'Let each event lead to one call of `bookInLegacy`.',
    ],
  },
  {
    id: 'nothing-twice',
    tiers: [
      'No event came twice and was booked. Does your function book anything?',
      'The bus and Lambda’s queue may deliver an event a second time. Without any booking this tests nothing.',
      'Let each event lead to one call of `bookInLegacy`.',
    ],
  },
];
