import styles from './search.module.css';

interface Props {
  /** What was searched for. */
  search: string;
  /** Why nothing could be. */
  fault?: string;
}

/** A form that browsers send by themselves: it needs no script. */
export function SearchForm({ search, fault }: Props) {
  return (
    <form className={styles.form} role="search" action="/search">
      <label className="visually-hidden" htmlFor="q">
        검색어
      </label>
      <input
        id="q"
        name="q"
        type="search"
        defaultValue={search}
        key={search}
        placeholder="예: 기준금리 인상"
        maxLength={200}
        required
        enterKeyHint="search"
        autoComplete="off"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? 'q-fault' : undefined}
      />
      <button className="button primary">검색</button>
      {fault && (
        <p id="q-fault" className="alert" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
