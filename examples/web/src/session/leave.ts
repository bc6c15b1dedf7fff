/** Goes on as nobody, once the gateway has ended the session: the browser forgets its tokens. */
export async function leaveSession(path: string): Promise<void> {
  await fetch('/auth/logout', { method: 'POST', redirect: 'manual' }).catch(() => {});
  window.location.assign(path);
}
