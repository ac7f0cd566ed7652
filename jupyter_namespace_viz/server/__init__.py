"""Who may ask over HTTP and WebSocket, and what is answered?"""
