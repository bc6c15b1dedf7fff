'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A link of the desk's menu. Articles belong to the review queue, which is the desk's first page. */
export function DeskLink({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname();
  const isHere = path === href || (href === '/desk' && path.startsWith('/desk/articles/'));
  return (
    <Link href={href} prefetch={false} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  );
}
