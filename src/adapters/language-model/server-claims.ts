import { z } from 'zod';
import { nameFrom } from '../../visible-text';

const MAX_NAME = 200;
/** More than any call of ours can have. */
const MAX_TOKENS = 1_000_000;

export const tokenCount = z.int().nonnegative().max(MAX_TOKENS);

/** The model as the server names it, in a form that can be kept; else as we asked for it. */
export function modelNamed(told: string | null | undefined, asked: string): string {
  return nameFrom(told, MAX_NAME) ?? asked;
}
