/**
 * Rewords an error of the YAML parser as one sentence that says what to do.
 *
 * The parser's later errors mostly follow from its first, so only the first is reported.
 */

import type { ErrorCode } from 'yaml';

/** A sentence for one of the parser's errors. `message` is the parser's own wording. */
export function retell(code: ErrorCode, message: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'A tab stands where YAML wants spaces. Indent with spaces only.';
    case 'BAD_INDENT':
      if (message.includes('must be sufficiently indented and end with'))
        return 'A bracket is opened before this and not closed.';
      return 'This line is not indented like its neighbours. Lines of one block begin in the same column.';
    case 'MISSING_CHAR':
      return retellMissing(message);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A second «key: value» stands on this line. Put it on a line of its own, or put the text into quotes.';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'This line has no «: » after its key. A key and its colon stand on one line.';
    case 'BLOCK_IN_FLOW':
      return 'Lines with dashes or indentation cannot stand inside [ ] or { }. Write the list with commas, or without brackets.';
    case 'BAD_SCALAR_START':
      return 'A text cannot begin with this character. Put it into quotes.';
    case 'BAD_DQ_ESCAPE':
      return 'This backslash begins no escape that YAML knows. Use single quotes, or write \\\\ for a backslash.';
    case 'MULTIPLE_DOCS':
      return 'A second document begins here. A template is one document: remove the «---».';
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
    case 'MULTIPLE_ANCHORS':
      return ALIASES;
    case 'MULTIPLE_TAGS':
      return 'Two tags stand before one value. Nest functions with the long form: Fn::Base64 on one line, !Sub below it.';
    case 'RESOURCE_EXHAUSTION':
      return 'The template is nested too deeply to be read.';
    case 'UNEXPECTED_TOKEN':
      return 'Something stands here that does not belong. Check the quotes, brackets and indentation of this line and the one before.';
    case 'KEY_OVER_1024_CHARS':
      return 'This key is longer than 1,024 characters.';
    case 'DUPLICATE_KEY':
    case 'BAD_COLLECTION_TYPE':
    case 'BAD_DIRECTIVE':
    case 'BAD_PROP_ORDER':
    case 'IMPOSSIBLE':
    case 'NON_STRING_KEY':
    case 'TAG_RESOLVE_FAILED':
      return `This is not valid YAML. The parser says: ${message}.`;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html */
export const ALIASES = 'CloudFormation does not support YAML aliases. Write the value out where it is needed.';

function retellMissing(message: string): string {
  if (/quote/i.test(message)) return 'A quote is opened here and never closed.';
  if (message.includes('map keys need to be followed')) {
    return 'This line has no colon. A key needs «: » and a value after it.';
  }
  if (message.includes('directives-end')) return 'A line that begins with % is a YAML directive. Remove it.';
  if (/block scalar/i.test(message)) return 'A «|» or «>» must be followed by a new line.';
  return 'A comma, a colon or a closing bracket is missing here.';
}
