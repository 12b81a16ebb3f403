-- All answers of a question, deleted ones too: for what goes with a deleted question, and the foreign key.
CREATE INDEX answer_of_question ON answer (question_id);

-- How often an address was asked, however it is spelt.
DROP INDEX mail_asked;
CREATE INDEX mail_asked ON mail (lower(address), id) WHERE kind = 'confirm';
