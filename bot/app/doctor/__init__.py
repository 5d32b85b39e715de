"""The checks of `brobygger doctor`; `bot.app.examination` runs them in this order.

standing   settings, flows, catalogues, content; `brobygger check` reports them too
machine    the folder, the disk, the port
database   the database, and the rows that wait in it
telegram   the token, the connection, how updates come in
"""
