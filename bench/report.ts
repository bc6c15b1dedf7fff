export interface Bar {
  name: string;
  value: number;
  /** What the value must be; one of them. */
  atLeast?: number;
  atMost?: number;
  exactly?: number;
  unit?: string;
}

/** Prints what was measured against what is demanded; true when every bar is reached. */
export function report(title: string, notes: readonly string[], bars: readonly Bar[]): boolean {
  console.log(`\n${title}`);
  for (const note of notes) console.log(`  ${note}`);
  let reached = true;
  for (const bar of bars) {
    const { name, value, unit = '' } = bar;
    const ok = isReached(bar);
    reached &&= ok;
    const demanded = demandOf(bar);
    console.log(`  ${ok ? 'ok    ' : 'MISSED'} ${name}: ${round(value)}${unit} (bar ${demanded})`);
  }
  return reached;
}

function isReached({ value, atLeast, atMost, exactly }: Bar): boolean {
  if (exactly !== undefined) return value === exactly;
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

function demandOf({ atLeast, atMost, exactly, unit = '' }: Bar): string {
  if (exactly !== undefined) return `= ${exactly}`;
  return atMost === undefined ? `≥ ${atLeast}${unit}` : `≤ ${atMost}${unit}`;
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
