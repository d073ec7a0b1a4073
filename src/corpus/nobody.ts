/** The author of texts of which nobody knows who wrote them: anybody, and not one person. */
export const NOBODY = 'import:0';
