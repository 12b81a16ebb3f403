-- The last home that a process told, kept when it reaches none and when it is gone: what it wrote there, another home may lack.
ALTER TABLE node ADD COLUMN wrote_to text NOT NULL DEFAULT '';
