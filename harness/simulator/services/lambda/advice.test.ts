/** What is advised where an invocation failed by itself. */

import { expect, it } from 'vitest';
import { adviceOn } from './advice.ts';

it.each([
  ['a name that is not there', 'ReferenceError', 'ddb is not defined', 'Import that name, or declare it.'],
  [
    'a handler that is not exported',
    'Runtime.HandlerNotFound',
    'bump.handler is undefined or not exported',
    'Export the function that Handler names in the template.',
  ],
  ['anything else', 'Error', 'no config', 'It was thrown while the file was loaded'],
])('says what to do about %s, also while a file is loaded', (_, errorType, errorMessage, advice) => {
  const error = { errorType, errorMessage };
  expect(adviceOn({ kind: 'failed', error, during: 'init' })).toContain(advice);
});
