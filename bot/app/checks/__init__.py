"""The checks of `brobygger check`, `doctor` and `audit`, and of `/readyz`.

registry       the list of all checks, with their sentences
check          what a check and a finding are
observed       what the checks judge: a value for each need
configuration  observes settings, flows, catalogues and content
machine        observes the folder, the disk, the clock and the port
database       observes the schema, the server, and the rows that wait
telegram       observes the token, the connection, and how updates come in
run            observes, runs the checks of a suite, and prints the findings
"""
