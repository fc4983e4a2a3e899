/** How many documents of one operation are written at a time. */
export const mostAtATime = 16
