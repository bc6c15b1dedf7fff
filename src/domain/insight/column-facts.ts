import type { DataColumn, DataTable, DataValue } from './data-table';
import { totalsAmong } from './total-words';

/** Numbers that name things. */
const CODE = /코드|번호|순번|우편|위도|경도|좌표|(?:^|[_\s])(?:id|no|seq|code)$/i;
/** Values that say nothing when they are added up. */
const RATIO_UNIT = /^(?:%p?|‰|배|bp|p|포인트|점|세|℃|°C|dB|회|권)$|pp[mb]|\//;
const RATIO_NAME =
  /률|율$|율\(|지수|비율|비중|평균|중위|단가|가격|물가|환율|금리|임금|온도|기온|순위|등급|점수|농도/;
const NUMBERED =
  /^(?:(?:만\s*)?\d+\s*(?:대|세|월|분기|학년|등급|층|인|회|위|년|주|분위|단계)|[월화수목금토일](?:요일)?$)/;

/** A column, and what its values are like. */
export interface ColumnFacts {
  column: DataColumn;
  index: number;
  present: number;
  /** In their order in the table. */
  distinct: DataValue[];
  /** 전체, 합계: what stands beside its own parts, the widest first. */
  totals: string[];
  isCode: boolean;
  /** Whether a sum of values means something. */
  adds: boolean;
  /** 20대, 30대; 월, 화: names in an order. */
  isNumbered: boolean;
  hasNegative: boolean;
}

export function columnFacts({ columns, rows }: DataTable): ColumnFacts[] {
  return columns.map((column, index) => {
    const values = rows.map((row) => row[index] ?? null).filter((value) => value !== null);
    const distinct = [...new Set(values)];
    const texts = distinct.filter((value) => typeof value === 'string');
    const totals = column.kind === 'category' ? totalsAmong(texts) : [];
    return {
      column,
      index,
      present: values.length,
      distinct,
      totals,
      isCode: CODE.test(column.name),
      adds: !RATIO_UNIT.test(column.unit ?? '') && !RATIO_NAME.test(column.name),
      isNumbered: texts.length > 1 && texts.every((text) => NUMBERED.test(text) || totals.includes(text)),
      hasNegative: values.some((value) => typeof value === 'number' && value < 0),
    };
  });
}
