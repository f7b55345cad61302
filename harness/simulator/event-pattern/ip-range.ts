/**
 * Ranges of IP addresses, as `cidr` in a pattern writes them: `10.0.0.0/24`, `2001:db8::/32`. Reading them, and whether an address is in one.
 *
 * As AWS's own ruler reads them, a range begins with the address that is written: `10.0.0.5/24` begins with `10.0.0.5`.
 * https://github.com/aws/event-ruler/blob/29994592ec0cfbf84d359e95e359d01c26ba8975/src/main/software/amazon/event/ruler/CIDR.java
 */

/** The first and the last address, as hexadecimal digits: 8 for IPv4, 32 for IPv6. */
export interface IpRange {
  readonly first: string;
  readonly last: string;
}

const IPV4 = /^\d+(\.\d+){3}$/;
const IPV6 = /^[\da-fA-F:]*:[\da-fA-F:]*$/;

/** The range, or in the words of AWS why the text is none. */
export function readIpRange(text: string): IpRange | { readonly problem: string } {
  const [address = '', mask, ...more] = text.replace(/\/+$/, '').split('/');
  if (mask === undefined || more.length > 0) return { problem: "Malformed CIDR, one '/' required" };
  if (!/^[+-]?\d+$/.test(mask)) return { problem: 'Malformed CIDR, mask bits must be an integer' };
  const maskBits = Number(mask);
  if (maskBits < 0) return { problem: 'Malformed CIDR, mask bits must not be negative' };
  if (!IPV4.test(address) && !IPV6.test(address)) return { problem: `Nonstandard IP address: ${address}` };
  const first = digitsOf(address);
  if (first === null) return { problem: `Invalid IP address: ${address}` };
  if (first.length === 8 && maskBits > 31) return { problem: 'IPv4 mask bits must be < 32' };
  if (first.length === 32 && maskBits > 127) return { problem: 'IPv6 mask bits must be < 128' };
  return { first, last: lastWith(first, maskBits) };
}

/** Whether a text is an address of the range. */
export function isInRange(text: string, { first, last }: IpRange): boolean {
  const digits = digitsOf(text);
  return digits !== null && digits.length === first.length && digits >= first && digits <= last;
}

/** All bits after the mask are set. */
function lastWith(first: string, maskBits: number): string {
  return [...first]
    .map((digit, place) => {
      const free = Math.min(4, Math.max(0, (place + 1) * 4 - maskBits));
      return (Number.parseInt(digit, 16) | (2 ** free - 1)).toString(16);
    })
    .join('');
}

function digitsOf(address: string): string | null {
  if (IPV4.test(address)) return joined(address.split('.').map(Number), 255, 2);
  return IPV6.test(address) ? digitsOfIpv6(address) : null;
}

/** `::` stands for as many groups of zeros as are missing, once. */
function digitsOfIpv6(address: string): string | null {
  const [before = '', after, ...more] = address.split('::');
  if (more.length > 0) return null;
  const [left, right] = [groupsOf(before), groupsOf(after ?? '')];
  const missing = 8 - left.length - right.length;
  if (after === undefined ? missing !== 0 : missing < 1) return null;
  return joined([...left, ...Array<number>(missing).fill(0), ...right], 0xffff, 4);
}

function groupsOf(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => (group === '' ? Number.NaN : Number.parseInt(group, 16)));
}

function joined(numbers: readonly number[], most: number, digits: number): string | null {
  if (numbers.some((number) => Number.isNaN(number) || number > most)) return null;
  return numbers.map((number) => number.toString(16).padStart(digits, '0')).join('');
}
