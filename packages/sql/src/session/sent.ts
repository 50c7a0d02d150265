/** The fields that were sent: absent ones are undefined. */
export function sentOf(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
