"""What the doctor looks at; `bot.app.examination` looks at it all, in this order.

standing   what stands written: settings, flows, catalogues, content; `brobygger check` says it too
machine    the folder, the disk, the port
database   the database, and what waits in it
telegram   the token, the way there, how updates come in
"""
