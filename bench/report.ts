export interface Bar {
  name: string;
  value: number;
  /** The value must be at least this; `exactly` wins. */
  atLeast?: number;
  exactly?: number;
  unit?: string;
}

/** Prints what was measured against what is demanded; true when every bar is reached. */
export function report(title: string, notes: readonly string[], bars: readonly Bar[]): boolean {
  console.log(`\n${title}`);
  for (const note of notes) console.log(`  ${note}`);
  let reached = true;
  for (const { name, value, atLeast, exactly, unit = '' } of bars) {
    const ok = exactly === undefined ? value >= atLeast! : value === exactly;
    reached &&= ok;
    const demanded = exactly === undefined ? `≥ ${atLeast}${unit}` : `= ${exactly}`;
    console.log(`  ${ok ? 'ok    ' : 'MISSED'} ${name}: ${round(value)}${unit} (bar ${demanded})`);
  }
  return reached;
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
