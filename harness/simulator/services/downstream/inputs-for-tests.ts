/**
 * For tests: what a downstream may be asked. It has the one operation by which functions and scenarios reach it.
 */

import { functionNameOf } from '../../contract/downstream.ts';
import { always, type Look, type OperationInputs, type ServiceInputs } from '../../contract/inputs-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { DOWNSTREAM_NAME } from '../../programs/names-for-tests.ts';

const inputs: OperationInputs = {
  Invoke: always({ FunctionName: functionNameOf({ name: DOWNSTREAM_NAME }), Payload: toUtf8('{"given":3}') }),
};

/** No call shows a ledger: what a downstream answers shows what it has written down. */
const looks: readonly Look[] = [];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
