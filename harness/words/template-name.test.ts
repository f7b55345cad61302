import { expect, it } from 'vitest';
import { templateName } from './template-name.ts';

it.each([
  ['kinesis-ordering-Unreadable-QEZ46WGS6HHW', 'Unreadable'],
  ['lab-DeadLetters-0A1B2C3D4E5F.fifo', 'DeadLetters'],
  ['orders', 'orders'],
  ['my-own-QUEUE', 'my-own-QUEUE'],
  ['dead-letters.fifo', 'dead-letters.fifo'],
])('the name of %s in its template is %s', (name, expected) => {
  expect(templateName(name)).toBe(expected);
});
