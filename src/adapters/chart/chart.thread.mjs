// Vega is made of ES modules that await at their top: only a module can load it, and only `import` can load this one.
import { createRequire } from 'node:module';
import * as vega from 'vega';
import { compile } from 'vega-lite';

const { answerPaintings } = createRequire(import.meta.url)('./answer-paintings');
answerPaintings({ vega, compile });
