"""Files are read in processes apart, ahead of time and within limits: none can stop the run.

Start at :class:`ingest.isolation.worker_pool.WorkerPool`;
:func:`ingest.isolation.in_process.read_document` is what is done to each file. May import
``ingest.readers`` and ``ingest.understand``.
"""
