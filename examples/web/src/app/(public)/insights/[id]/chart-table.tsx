import { columnsOf, type ChartSpec } from './chart-spec';
import styles from './insight.module.css';

/** The values that a chart shows, for those who would rather read them. */
export function ChartTable({ spec, caption }: { spec: ChartSpec; caption: string }) {
  const columns = columnsOf(spec);
  return (
    <details className={styles.details}>
      <summary>그래프의 값을 표로 보기</summary>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="그래프의 값">
        <table>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ field, name }) => (
                <th key={field} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spec.data.values.map((row, index) => (
              <tr key={index}>
                {columns.map(({ field }, place) =>
                  place === 0 ? (
                    <th key={field} scope="row">
                      {textOf(row[field])}
                    </th>
                  ) : (
                    <td key={field}>{textOf(row[field])}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function textOf(value: string | number | undefined): string {
  return typeof value === 'number'
    ? value.toLocaleString('ko-KR', { maximumFractionDigits: 10 })
    : (value ?? '');
}
