import { startGateway } from '../../src/http/gateway';
import { runChild } from './child';
import { ourContext } from './our-context';

/** The gateway with the trained model. Its clock stands still, or scores would change under the comparison. */
runChild(async (settings) => {
  const { context } = ourContext(settings);
  await context.services.recommendations.warmUp();
  return { url: (await startGateway(context)).url };
});
