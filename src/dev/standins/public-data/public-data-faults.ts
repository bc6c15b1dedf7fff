/** A refusal as the servers word it. */
export interface PublicDataFault {
  status: number;
  type: string;
  body: string;
}

const XML = 'application/xml; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** The gateway before every service of apis.data.go.kr: in XML whatever was asked for, and with HTTP 200. */
const gateway = (returnReasonCode: string, returnAuthMsg: string): PublicDataFault => ({
  status: 200,
  type: XML,
  body: `<OpenAPI_ServiceResponse>
<cmmMsgHeader>
<errMsg>SERVICE ERROR</errMsg>
<returnAuthMsg>${returnAuthMsg}</returnAuthMsg>
<returnReasonCode>${returnReasonCode}</returnReasonCode>
</cmmMsgHeader>
</OpenAPI_ServiceResponse>`,
});

/** A service of apis.data.go.kr, in JSON and with HTTP 200. */
const service = (resultCode: string, resultMsg: string): PublicDataFault => ({
  status: 200,
  type: JSON_TYPE,
  body: JSON.stringify({ response: { header: { resultCode, resultMsg } } }),
});

const odcloud = (status: number, code: number, msg: string): PublicDataFault => ({
  status,
  type: JSON_TYPE,
  body: JSON.stringify({ code, msg }),
});

const plain = (status: number, body: string): PublicDataFault => ({ status, type: 'text/plain', body });

export const PUBLIC_DATA_FAULTS = {
  application: gateway('01', 'APPLICATION_ERROR'),
  serverError: gateway('04', 'HTTP_ERROR'),
  slowService: gateway('05', 'SERVICETIMEOUT_ERROR'),
  wrongParameter: gateway('10', 'INVALID_REQUEST_PARAMETER_ERROR'),
  noService: gateway('12', 'NO_OPENAPI_SERVICE_ERROR'),
  notApproved: gateway('20', 'SERVICE_ACCESS_DENIED_ERROR'),
  quota: gateway('22', 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR'),
  tooFast: gateway('23', 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR'),
  keyUnknown: gateway('30', 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR'),
  keyExpired: gateway('31', 'DEADLINE_HAS_EXPIRED_ERROR'),
  addressUnknown: gateway('32', 'UNREGISTERED_IP_ERROR'),
  noData: service('03', 'NODATA_ERROR'),
  databaseError: service('02', 'DB_ERROR'),
  keyUnknownInJson: service('30', 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR'),
  quotaInPlain: plain(429, 'API token quota exceeded'),
  unauthorized: plain(401, 'Unauthorized'),
  forbidden: plain(403, 'Forbidden'),
  unknownPath: plain(404, 'API not found'),
  unexpected: plain(500, 'Unexpected errors'),
  odcloudInternal: odcloud(400, -1, '시스템 내부 오류가 발생하였습니다.'),
  odcloudParameter: odcloud(400, -2, '요청하신 파라미터가 적합하지 않습니다.'),
  odcloudNoService: odcloud(404, -3, '등록되지 않은 서비스 입니다.'),
  odcloudKeyUnknown: odcloud(401, -4, '등록되지 않은 인증키 입니다.'),
  odcloudQuota: odcloud(400, -10, '트래픽 허용 횟수를 초과하였습니다.'),
  odcloudKeyInvalid: odcloud(401, -401, '유효하지 않은 인증키 입니다.'),
} satisfies Record<string, PublicDataFault>;
