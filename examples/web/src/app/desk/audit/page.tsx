import type { Metadata } from 'next';
import { AuditPage } from '@/desk/audit/audit-page';
import { isTargetType } from '@/desk/words';

export const metadata: Metadata = { title: '감사 기록' };

export default async function DeskAuditPage({ searchParams }: PageProps<'/desk/audit'>) {
  const { type, id } = await searchParams;
  return (
    <AuditPage
      targetType={isTargetType(type) ? type : null}
      targetId={typeof id === 'string' ? id.trim() : ''}
    />
  );
}
