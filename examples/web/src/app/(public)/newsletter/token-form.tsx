import styles from './newsletter.module.css';

/** For a link that did not open here: it is pasted, whole or its token alone. Browsers send it by themselves. */
export function TokenForm({ action }: { action: string }) {
  return (
    <form className={styles.form} action={action}>
      <div>
        <label htmlFor="token">메일에 있는 링크</label>
        <input id="token" name="token" required autoComplete="off" spellCheck={false} />
        <p className={styles.note}>메일의 버튼이 열리지 않으면 링크를 복사해 붙여 넣어 주세요.</p>
      </div>
      <button className="button primary">계속</button>
    </form>
  );
}
