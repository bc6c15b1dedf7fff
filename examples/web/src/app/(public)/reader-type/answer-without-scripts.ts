'use server';

import { headers } from 'next/headers';
import { Fault } from '@/graphql/fault';
import { AnswerReaderQuestionsDocument } from '@/graphql/generated/graphql';
import { openCookies } from '@/server/cookies';
import { callGateway, headersForReader } from '@/server/gateway';
import { answersOf, type Outcome } from './answers-of';

/** Where browsers send the questionnaire by themselves. An expired session cannot be renewed here: then nothing is saved. */
export async function answerWithoutScripts(_before: Outcome, form: FormData): Promise<Outcome> {
  const answers = answersOf(form);
  const { accessToken } = await openCookies();
  try {
    const data = await send(answers, accessToken).catch((fault: unknown) => {
      if ((fault as Fault).code === 'UNAUTHENTICATED') return send(answers);
      throw fault;
    });
    return { result: data.answerReaderQuestions };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: error.message, answers };
  }
}

async function send(answers: number[], accessToken?: string) {
  const sent = headersForReader(await headers());
  if (accessToken) sent.set('authorization', `Bearer ${accessToken}`);
  return callGateway(AnswerReaderQuestionsDocument, { answers }, sent);
}
