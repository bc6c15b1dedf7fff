import { AppError } from '../../errors';

/** What every change of an article that was taken down is answered with. */
export function takenDown(): AppError {
  return new AppError('CONFLICT', {
    detail: { ko: '내려진 기사입니다.', en: 'The article was taken down.' },
  });
}
