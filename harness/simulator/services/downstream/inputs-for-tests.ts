/**
 * For tests: inputs for downstreams. `Invoke` is their only operation; functions and scenarios reach them by it.
 */

import { functionNameOf } from '../../contract/downstream.ts';
import { always, type Look, type OperationInputs, type ServiceInputs } from '../../contract/inputs-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { DOWNSTREAM_NAME } from '../../programs/names-for-tests.ts';

const inputs: OperationInputs = {
  Invoke: always({ FunctionName: functionNameOf({ name: DOWNSTREAM_NAME }), Payload: toUtf8('{"given":3}') }),
};

/** No call reads a ledger. A downstream's answers show what it has recorded. */
const looks: readonly Look[] = [];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
