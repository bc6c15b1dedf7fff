import Link from 'next/link';
import styles from './tabs.module.css';

/** Lists of one page, each with an address of its own. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: { href: string; name: string; isHere: boolean }[];
}) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ href, name, isHere }) => (
        <Link key={name} href={href} prefetch={false} aria-current={isHere ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
