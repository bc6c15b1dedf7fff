import Link from 'next/link';
import { NavLink } from './nav-link';
import styles from './site-header.module.css';

const PLACES = [
  ['/', '홈'],
  ['/search', '검색'],
  ['/reader-type', '유형 검사'],
  ['/insights', '인사이트'],
  ['/sanjini', '산지니'],
  ['/newsletter', '뉴스레터'],
] as const;

/** `role` of the cookie decides what is offered, the gateway what is allowed. */
export function SiteHeader({ role }: { role: 'USER' | 'ADMIN' | undefined }) {
  return (
    <header className={styles.header}>
      <div className={styles.row}>
        <Link className={styles.name} href="/">
          경단
        </Link>
        <nav className={styles.places} aria-label="주 메뉴">
          {PLACES.map(([href, name]) => (
            <NavLink key={href} href={href}>
              {name}
            </NavLink>
          ))}
          {role === 'ADMIN' && <NavLink href="/desk">데스크</NavLink>}
          {role ? <NavLink href="/me">내 정보</NavLink> : <NavLink href="/login">로그인</NavLink>}
        </nav>
        {role && (
          <form method="post" action="/auth/logout">
            <button className={styles.logout}>로그아웃</button>
          </form>
        )}
      </div>
    </header>
  );
}
