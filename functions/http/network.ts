/** An address of IPv6, which may end in one of IPv4. */
const IPV6 = /^[\da-f]*:[\da-f:.]*$/;

/**
 * Whom limits take for one caller: an address of IPv4, and of IPv6 its first 64 bits: a provider gives each customer
 * all addresses that begin with them.
 */
export function callerOf(address: string): string {
  const small = address.toLowerCase();
  if (!IPV6.test(small) || small.startsWith('::ffff:')) return small;
  const [front = '', back] = small.split('::');
  const groups = front.split(':').filter((group) => group !== '');
  // what two colons leave out is zeros; where there are four groups before them nothing else matters
  const rest = (back ?? '').split(':').filter((group) => group !== '');
  while (groups.length + rest.length < 8) groups.push('0');
  const network = [...groups, ...rest].slice(0, 4);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::`;
}
