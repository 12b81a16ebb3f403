-- Runs until the server is killed.
while true do end
