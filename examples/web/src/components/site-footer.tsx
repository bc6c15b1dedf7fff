import styles from './site-footer.module.css';

export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <p>경단은 어려운 경제 뉴스를 쉬운 말로 다시 씁니다. 기사마다 원문이 어디에 있는지 밝힙니다.</p>
    </footer>
  );
}
