import { DeskLink } from './desk-link';
import styles from './desk-nav.module.css';

const PLACES = [
  ['/desk', '기사 검토'],
  ['/desk/jobs', '작업'],
  ['/desk/insights', '인사이트'],
  ['/desk/newsletter', '뉴스레터'],
  ['/desk/publishers', '언론사'],
  ['/desk/glossary', '용어'],
  ['/desk/faq', '자주 묻는 질문'],
  ['/desk/users', '회원'],
  ['/desk/audit', '감사 기록'],
  ['/desk/spending', '모델 비용'],
] as const;

export function DeskNav() {
  return (
    <nav className={styles.nav} aria-label="데스크 메뉴">
      {PLACES.map(([href, name]) => (
        <DeskLink key={href} href={href}>
          {name}
        </DeskLink>
      ))}
    </nav>
  );
}
