import type { Metadata } from 'next';
import { requireReader } from '@/server/require-reader';
import { Me } from './me';

export const metadata: Metadata = { title: '내 정보', robots: { index: false } };

export default async function MePage() {
  await requireReader('/me');
  return <Me />;
}
