/** Of the conversation, which takes the focus of whatever goes away in it. */
export const CONVERSATION_ID = "conversation";
