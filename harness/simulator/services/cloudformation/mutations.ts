/**
 * Ways in which the simulated CloudFormation could get facts wrong: its own, and those of other services that it passes on. Only `npm run
 * mutations` reads them.
 *
 * The mutations of a resource type are in the service that owns the type.
 */

import type { Mutations } from '../../contract/mutation.ts';

const mutations: Mutations = [
  {
    fact: 'LS-04',
    name: "a service's «no» stands at the resource, not at the line that asked for it",
    file: 'cloudformation.ts',
    replace: ['planned.blame === null ? resource.at : resource.placeOf(planned.blame)', 'resource.at'],
  },
  {
    fact: 'LS-04',
    name: "a service's «no» is passed over",
    file: 'cloudformation.ts',
    replace: ['if (!answer.ok) return {', 'if (!answer.ok && planned.blame === null) return {'],
  },
  {
    fact: 'CF-01',
    name: 'a busy stack is refused as one that is not there',
    file: 'stack-operations.ts',
    replace: [
      'throw stackInvalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)',
      'throw stackInvalid(`Stack [${asked}] does not exist`)',
    ],
  },
  {
    fact: 'CF-01',
    name: 'a stack is not busy while it is updated',
    file: 'stack-operations.ts',
    replace: ["beginWork(stack, 'UPDATE_IN_PROGRESS',", "beginWork(stack, 'UPDATE_COMPLETE',"],
  },
  {
    fact: 'CF-02',
    name: 'an update that changes nothing is done',
    file: 'stack-operations.ts',
    replace: ['if (todo.length === 0 && cleanUp.length === 0)', 'if (todo.length < 0)'],
  },
  {
    fact: 'CF-02',
    name: 'a parameter that is not named keeps its value',
    file: 'request.ts',
    replace: ['given.get(name) ?? usual]', 'given.get(name) ?? before?.[name] ?? usual]'],
  },
  {
    fact: 'CF-02',
    name: 'a parameter that the template does not have is passed over',
    file: 'request.ts',
    replace: ['if (unknown.length > 0)', 'if (unknown.length > 9)'],
  },
  {
    fact: 'CF-02',
    name: 'a parameter without a value is empty',
    file: 'request.ts',
    replace: ['if (missing.length > 0)', 'if (missing.length > 9)'],
  },
  {
    fact: 'CF-02',
    name: 'a value that a request gives beside the one before is passed over',
    file: 'request.ts',
    replace: ["if (value !== undefined && value !== '')", "if (value === '')"],
  },
  {
    fact: 'CF-02',
    name: 'a parameter without a value before is empty',
    file: 'request.ts',
    replace: ['if (previous === undefined) throw', "if (previous === '') throw"],
  },
  {
    fact: 'CF-02',
    name: 'two templates are one too many, and the first is taken',
    file: 'request.ts',
    replace: ['if (isSame && body !== undefined)', "if (isSame && body === '')"],
  },
  {
    fact: 'CF-02',
    name: 'an update without a template has the one before',
    file: 'request.ts',
    replace: [
      'if (isSame && before !== null) return before;',
      'if (before !== null && body === undefined) return before;',
    ],
  },
  {
    fact: 'CF-03',
    name: 'a named role needs no more than one without a name',
    file: 'resolved-template.ts',
    replace: ['ofIam.some(({ isNamed }) => isNamed)', 'ofIam.length > 9'],
  },
  {
    fact: 'CF-03',
    name: 'the greater capability is not enough for a role without a name',
    file: 'resolved-template.ts',
    replace: [" || given.includes('CAPABILITY_NAMED_IAM')", ''],
  },
  {
    fact: 'CF-04',
    name: 'a resource that is as before is changed again',
    file: 'difference.ts',
    replace: ['else if (before?.written === resource.written)', 'else if (before === undefined)'],
  },
  {
    fact: 'CF-04',
    name: 'what AWS replaces is changed in place',
    file: 'naming.ts',
    replace: ['return replacing.some((property) => changed.includes(property))', 'return replacing.length < 0'],
  },
  {
    fact: 'CF-04',
    name: 'a new resource has the name of an earlier one',
    file: 'naming.ts',
    replace: ['made.get(logicalId) ?? 0', '0'],
  },
  {
    fact: 'CF-04',
    name: 'another type makes another resource',
    file: 'difference.ts',
    replace: ['if (otherTypes.length > 0)', 'if (otherTypes.length > 9)'],
  },
  {
    fact: 'CF-05',
    name: 'what goes is deleted in the order in which it was made',
    file: 'difference.ts',
    replace: [
      '  return inOrder(stack)\n    .reverse()\n    .flatMap((version) => {\n      const next',
      '  return inOrder(stack)\n    .flatMap((version) => {\n      const next',
    ],
  },
  {
    fact: 'CF-05',
    name: 'what the template does not have any more stays',
    file: 'phases.ts',
    replace: ['todo: work.cleanUp, failed: []', 'todo: [], failed: []'],
  },
  {
    fact: 'CF-06',
    name: 'a change is not undone',
    file: 'phases.ts',
    replace: ["task.does === 'update' && made > 0 ? task.undo : []", '[]'],
  },
  {
    fact: 'CF-06',
    name: 'what was made stays',
    file: 'phases.ts',
    replace: ['const calls = made > 0 && !isKept ? task.undo : [];', 'const calls = made > 9 ? task.undo : [];'],
  },
  {
    fact: 'CF-06',
    name: 'a resource of which a part was made stays',
    file: 'going-on.ts',
    replace: ['{ task, made: work.made, isDone: false }', '{ task, made: 0, isDone: false }'],
  },
  {
    fact: 'CF-06',
    name: 'the new half of a replacement stays',
    file: 'phases.ts',
    replace: [" || (task.does === 'replace' && (isDone || made > 0))", ''],
  },
  {
    fact: 'CF-06',
    name: 'a stack that was rolled back takes no update any more',
    file: 'stack-operations.ts',
    replace: ["'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']", "'UPDATE_COMPLETE']"],
  },
  {
    fact: 'CF-06',
    name: 'what can’t be undone is passed over',
    file: 'phases.ts',
    replace: [
      "    case 'rollback':\n      return over(",
      "    case 'rollback':\n      return work.phase === 'rollback' ? [] : over(",
    ],
  },
  {
    fact: 'CF-06',
    name: 'what can’t be deleted in a clean-up is not told',
    file: 'phases.ts',
    replace: ['work.failed.length === 0 ? null : LEFT_BEHIND', 'null'],
  },
  {
    fact: 'CF-06',
    name: 'what is not there any more can’t be deleted',
    file: 'going-on.ts',
    replace: ['answer.ok || (planned.forgives ?? []).includes(answer.error.code)', 'answer.ok'],
  },
  {
    fact: 'CF-07',
    name: 'a resource with a name of its own is replaced under it',
    file: 'difference.ts',
    replace: ['isSameName ? customNamed(name)', 'isSameName ? null'],
  },
  {
    fact: 'CF-07',
    name: 'two resources may have one name',
    file: 'difference.ts',
    replace: ['holder === undefined ? null', 'holder !== null ? null'],
  },
  {
    fact: 'CF-08',
    name: 'a resource that is to stay is deleted when its stack is updated',
    file: 'difference.ts',
    replace: [
      "return [deleteTask(state, version, types, version.policies.onDelete !== 'Delete')];",
      'return [deleteTask(state, version, types, false)];',
    ],
  },
  {
    fact: 'CF-08',
    name: 'a resource that is to stay is deleted with its stack',
    file: 'difference.ts',
    replace: [
      ".map((version) => deleteTask(state, version, types, version.policies.onDelete !== 'Delete'));",
      '.map((version) => deleteTask(state, version, types, false));',
    ],
  },
  {
    fact: 'CF-08',
    name: 'the old half of a replacement that is to stay is deleted',
    file: 'difference.ts',
    replace: ["next?.policies.onReplace === 'Retain'", 'false'],
  },
  {
    fact: 'CF-08',
    name: 'what a failed update has made goes, whatever its policy says',
    file: 'phases.ts',
    replace: ["(isDone || made > 0) && task.after?.policies.onDelete === 'Retain'", 'made < 0'],
  },
  {
    fact: 'CF-09',
    name: 'the oldest event comes first',
    file: 'describe.ts',
    replace: [
      '.map((event) => toldEvent(state, stack, event)).reverse();',
      '.map((event) => toldEvent(state, stack, event));',
    ],
  },
  {
    fact: 'CF-10',
    name: 'a stack that could not be made keeps what it has made',
    file: 'phases.ts',
    replace: [
      "phase: 'rollback-clean-up', todo: deletesOf(work), failed: [] };\n    return [changeStack(stack, 'ROLLBACK_IN_PROGRESS'",
      "phase: 'rollback-clean-up', todo: [], failed: [] };\n    return [changeStack(stack, 'ROLLBACK_IN_PROGRESS'",
    ],
  },
  {
    fact: 'CF-10',
    name: 'a stack is made as soon as it is asked for',
    file: 'stack-operations.ts',
    replace: ["beginWork(stack, 'CREATE_IN_PROGRESS',", "beginWork(stack, 'CREATE_COMPLETE',"],
  },
  {
    fact: 'CF-10',
    name: 'two stacks may have one name',
    file: 'stack-operations.ts',
    replace: ['if (stackNamed(state, name) !== undefined) throw', "if (name === '') throw"],
  },
  {
    fact: 'CF-11',
    name: 'a stack that was deleted is found by its name',
    file: 'state.ts',
    replace: ["stack.name === name && stack.status !== 'DELETE_COMPLETE'", 'stack.name === name'],
  },
  {
    fact: 'CF-11',
    name: 'a call to delete a stack that is updated is passed over',
    file: 'stack-operations.ts',
    replace: ['const isGone = stack === undefined ||', 'const isGone = stack === undefined || stack.work !== null ||'],
  },
  {
    fact: 'CF-11',
    name: 'a stack is gone although something of it could not be deleted',
    file: 'phases.ts',
    replace: [
      "if (work.failed.length > 0) return over(stack, nowMs, 'DELETE_FAILED'",
      "if (work.failed.length > 9) return over(stack, nowMs, 'DELETE_FAILED'",
    ],
  },
  {
    fact: 'CF-12',
    name: 'the value of a secret parameter is shown',
    file: 'describe.ts',
    replace: ["secrets.has(name) ? '****' : value", 'value'],
  },
  {
    fact: 'CF-12',
    name: 'resources stand in the order in which they were made',
    file: 'describe.ts',
    replace: ['return [...resources].sort(([a], [b]) => (a < b ? -1 : 1));', 'return [...resources];'],
  },
  {
    fact: 'UV-76',
    name: 'no time passes between the calls of a stack',
    file: 'going-on.ts',
    replace: ['{ fromMs: 1_000, toMs: 5_000 }', '{ fromMs: 0, toMs: 0 }'],
  },
  {
    fact: 'UV-77',
    name: 'a property that is left out stays as it was',
    file: '../lambda/function-resource.ts',
    replace: ['Timeout: 3, MemorySize: 128,', 'Timeout: 3, MemorySize: 512,'],
  },
  {
    fact: 'UV-78',
    name: 'an update is undone from its end',
    file: 'phases.ts',
    replace: ['return order.flatMap((logicalId) => {', 'return [...byId.keys()].flatMap((logicalId) => {'],
  },
  {
    fact: 'UV-79',
    name: 'the template before says what becomes of the old half',
    file: 'difference.ts',
    replace: ["next?.policies.onReplace === 'Retain'", "version.policies.onReplace === 'Retain'"],
  },
];

export default mutations;
