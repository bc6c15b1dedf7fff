import { AskQuestionDocument } from '../../generated/operations';
import { childSettings, startChild } from '../../helpers/child-process';
import { startGenerationApp } from '../../helpers/generation-app';
import { testedEngines } from '../../helpers/redis';
import { ScriptedAnswerer, written } from '../../helpers/scripted-answerer';
import { waitUntil } from '../../helpers/wait-until';

it.each(testedEngines())(
  'an answer whose worker is killed half-way is begun anew by another, with its queue in %s',
  async (engine) => {
    const answerer = new ScriptedAnswerer();
    const world = await startGenerationApp({ engine, answerer, worker: false });
    const { prisma } = world.app.context.database;
    const killed = startChild('worker', childSettings(world), 'test/helpers/hanging-worker.ts');
    try {
      const { accessToken: token } = await world.app.login('reader-1');
      const { data } = await world.app.send(AskQuestionDocument, { question: '죽어도 답해 줘' }, { token });
      const { id } = data!.askQuestion;
      const row = () => prisma.answer.findUniqueOrThrow({ where: { id } });
      await waitUntil('half of it is there', async () => (await row()).text === '죽기 전까지');
      await killed.stop('SIGKILL');
      expect(await row()).toMatchObject({ status: 'RUNNING', text: '죽기 전까지' });
      await world.startWorker();
      const { jobId } = await row();
      expect(await world.ended(jobId!)).toMatchObject({ status: 'SUCCEEDED', attempts: 2, errorCode: null });
      expect(await row()).toMatchObject({ status: 'SUCCEEDED', text: written().text });
      expect(answerer.asked).toHaveLength(1);
    } finally {
      await killed.stop();
      await world.close();
    }
  },
);
