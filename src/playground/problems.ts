/** An error as Discord's API answers it: a status, a code of its own, a message. */
export class ApiProblem extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 429 | 500,
    readonly code: number,
    message: string,
    readonly errors?: object,
    /** In seconds. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  body(): object {
    const { message, code, errors, retryAfter } = this;
    const waits = retryAfter !== undefined && { retry_after: retryAfter, global: false };
    return { message, code, ...(errors && { errors }), ...waits };
  }
}

export const unauthorized = () => new ApiProblem(401, 0, '401: Unauthorized');
export const unknownChannel = () => new ApiProblem(404, 10_003, 'Unknown Channel');
export const unknownMember = () => new ApiProblem(404, 10_007, 'Unknown Member');
export const unknownMessage = () => new ApiProblem(404, 10_008, 'Unknown Message');
export const unknownUser = () => new ApiProblem(404, 10_013, 'Unknown User');
export const unknownInteraction = () => new ApiProblem(404, 10_062, 'Unknown interaction');
export const alreadyAcknowledged = () =>
  new ApiProblem(400, 40_060, 'Interaction has already been acknowledged.');
export const wrongAnswer = () =>
  invalidForm('type', 'INTERACTION_APPLICATION_COMMAND_CALLBACK_TYPE_INVALID', 'Wrong type of answer.');
export const missingAccess = () => new ApiProblem(403, 50_001, 'Missing Access');
export const missingPermissions = () => new ApiProblem(403, 50_013, 'Missing Permissions');
export const cannotTell = () => new ApiProblem(403, 50_007, 'Cannot send messages to this user');
export const notYours = () => new ApiProblem(403, 50_005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new ApiProblem(400, 50_006, 'Cannot send an empty message');
export const invalidToken = () => new ApiProblem(401, 50_027, 'Invalid Webhook Token');
export const unknownReference = () =>
  invalidForm('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
export const invalidForm = (field: string, code: string, message: string) =>
  new ApiProblem(400, 50_035, 'Invalid Form Body', { [field]: { _errors: [{ code, message }] } });
export const rateLimited = (retryAfter: number) =>
  new ApiProblem(429, 0, 'You are being rate limited.', undefined, retryAfter);
