import type { DeskArticleFragment } from '@/desk/generated/graphql';
import { Badge } from '../parts/badge';

/** In a word what the check against the original found. */
export function FidelityBadge({ fidelity }: Pick<DeskArticleFragment, 'fidelity'>) {
  if (!fidelity) return <Badge>원문 없음</Badge>;
  if (fidelity.passed) return <Badge tone="good">맞음</Badge>;
  const { unsupportedFigures: figures, unsupportedNames: names } = fidelity;
  const found = [figures.length > 0 && `숫자 ${figures.length}`, names.length > 0 && `이름 ${names.length}`];
  return <Badge tone="bad">{found.filter(Boolean).join(' · ')} 확인</Badge>;
}
