import 'server-only';
import { redirect } from 'next/navigation';

/** For what is not there: leads to the 404 page. Next's own notFound() shows an empty page where scripts are off. */
export function notThere(): never {
  redirect('/not-found');
}
