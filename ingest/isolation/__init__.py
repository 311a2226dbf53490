"""Reading files in separate processes, ahead of time and within limits: none can stop the run.

Start at :class:`ingest.isolation.worker_pool.WorkerPool`;
:func:`ingest.isolation.in_process.read_document` reads one file. May import ``ingest.readers`` and
``ingest.understand``.
"""
