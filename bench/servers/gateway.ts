import { startGateway } from '../../src/http/gateway';
import { runChild } from './child';
import { ourContext } from './our-context';

/** The gateway that is served, with everything on. */
runChild(async (settings) => {
  const { context, statements } = ourContext(settings);
  const { url } = await startGateway(context);
  return { url, statements };
});
