import styles from './entry-buttons.module.css';

interface Props {
  /** Of the entry, for who does not see which row it is. */
  name: string;
  onEdit: () => void;
  onDelete: () => void;
}

/** What can be done with an entry of a list. */
export function EntryButtons({ name, onEdit, onDelete }: Props) {
  return (
    <div className={styles.buttons}>
      <button className="button small" aria-label={`${name} 고치기`} onClick={onEdit}>
        고치기
      </button>
      <button className="button small" aria-label={`${name} 지우기`} onClick={onDelete}>
        지우기
      </button>
    </div>
  );
}
