import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { Role } from '../shared/enums';
import { PageArgs } from '../shared/arguments';
import { DateTime, EmailAddress, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true, description: 'Somebody with an account.' })
export class User {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'The nickname at Kakao as of the last sign-in, or "경단 독자".' })
  name!: string;

  @Field(() => Url, { nullable: true, description: 'From Kakao at the last sign-in, or null.' })
  profileImageUrl!: string | null;

  @Field(() => EmailAddress, {
    nullable: true,
    description: '[USER: own] [ADMIN] verified by Kakao; null when it is not shared',
  })
  email!: string | null;

  @Field(() => Role, { nullable: true, description: '[USER: own] [ADMIN] what the user may do' })
  role!: Role | null;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;
}

export const UserConnection = connectionTypes('User', () => User);

@ObjectType({
  simpleResolvers: true,
  description: '[USER: own] [ADMIN] a sign-in: the tokens of one client, or one browser',
})
export class Session {
  @Field(() => ID, { description: 'A UUID, for revokeSession.' })
  id!: string;

  @Field(() => DateTime, { description: 'When somebody signed in.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last used, to within 5 minutes.' })
  lastUsedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Its User-Agent at the sign-in; null without one.' })
  userAgent!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A sign-in that has begun: 10 minutes to finish it with loginWithKakaoCode.',
})
export class KakaoLoginRequest {
  @Field(() => Url, { description: 'Where to send the browser.' })
  url!: string;

  @Field(() => String, {
    description:
      'Signed by us: carries the nonce and the redirect URI, lives 10 minutes, works once. Compare it with the one that comes back.',
  })
  state!: string;

  @Field(() => String, {
    description: 'PKCE. Keep it beside the browser session and send it back with the code.',
  })
  codeVerifier!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The tokens of a session.' })
export class AuthPayload {
  @Field(() => String, { description: 'For the header `authorization: Bearer …`.' })
  accessToken!: string;

  @Field(() => DateTime, { description: '15 minutes after it was issued.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { description: 'For refreshSession, which gives the next pair.' })
  refreshToken!: string;

  @Field(() => DateTime, { description: '30 days after it was issued.' })
  refreshTokenExpiresAt!: Date;

  @Field(() => User, { description: 'Who signed in, with what only the user may read.' })
  user!: User;
}

@InputType({ description: 'What came back from Kakao, and what beginKakaoLogin gave.' })
export class KakaoCodeInput {
  @Field(() => String, { description: 'From the address that Kakao sent the browser to; works once.' })
  code!: string;

  @Field(() => Url, { description: 'The one that beginKakaoLogin was given.' })
  redirectUri!: string;

  @Field(() => String, { description: 'From the same address; the one of beginKakaoLogin.' })
  state!: string;

  @Field(() => String, { description: 'The one of beginKakaoLogin.' })
  codeVerifier!: string;
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Part of a name or e-mail address, at most 100 characters; blank: all.',
  })
  search?: string | null;
}
