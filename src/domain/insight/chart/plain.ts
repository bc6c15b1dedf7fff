/** Without the digits that binary fractions bring: 0.1 + 0.2 is 0.3. */
export function plain(value: number): number {
  return Number(value.toPrecision(12));
}
