import type { ReactNode } from 'react';
import { Fault } from '@/graphql/fault';
import { notThere } from '@/server/not-there';
import { Notice } from './notice';

/**
 * A page of server components that asks the gateway by `readPublic`: when it does not answer, the reader is told so and
 * can try again, also without scripts, which Next's error page needs.
 */
export function publicPage<Props>(render: (props: Props) => Promise<ReactNode>) {
  return async function Page(props: Props): Promise<ReactNode> {
    try {
      return await render(props);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // An address that somebody has written by hand.
      if (error.code === 'BAD_USER_INPUT') notThere();
      return <GatewayAway fault={error} />;
    }
  };
}

function GatewayAway({ fault }: { fault: Fault }) {
  return (
    <Notice title="지금은 기사를 불러올 수 없습니다">
      <meta name="robots" content="noindex" />
      <p>{fault.message}</p>
      <a className="button" href="">
        다시 시도
      </a>
    </Notice>
  );
}
