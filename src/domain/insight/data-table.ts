export type ColumnKind = 'number' | 'date' | 'category';

/** One column of a data set, as its values show it. */
export interface DataColumn {
  name: string;
  kind: ColumnKind;
  /** Of numbers: `%`, `원`, `명`, …; of dates `분기` or `반기` when each stands for one, by its first month; null when nothing says. */
  unit: string | null;
}

/** A number, the text of a category, or a date in ISO 8601 as exact as the source is: `2024`, `2024-03`, `2024-03-15`. */
export type DataValue = number | string | null;

/** The rows of a data set, each with a value for each column. */
export interface DataTable {
  columns: DataColumn[];
  rows: DataValue[][];
}
