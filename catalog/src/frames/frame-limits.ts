/**
 * How many bytes of a client frame a server reads at the least, in UTF-8. The longest message fits in, also where JSON spells
 * each of its characters out in six. A longer frame may be answered with a close, 1009.
 */
export const MAX_CLIENT_FRAME_BYTES = 32_768;
